"""The audit log is read by who, act, target and time from indexes, each in the order of time; a notification is hidden
while its member may not read what it tells of."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NEW = {
    "ix_audit_entry_at": ["at", "id"],
    "ix_audit_entry_actor": ["actor_id", "at", "id"],
    "ix_audit_entry_act": ["act", "at", "id"],
    "ix_audit_entry_kind": ["target_kind", "at", "id"],
}
TARGET = ["target_kind", "target_id"]
UNSEEN = sa.text("seen_at IS NULL")


def upgrade() -> None:
    op.drop_index("ix_audit_entry_actor_id", "audit_entry")
    op.drop_index("ix_audit_entry_target", "audit_entry")
    for name, columns in NEW.items():
        op.create_index(name, "audit_entry", columns)
    op.create_index("ix_audit_entry_target", "audit_entry", [*TARGET, "at", "id"])
    op.add_column("notification", sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_notification_unseen", "notification", ["post_id", "id"], sqlite_where=UNSEEN, postgresql_where=UNSEEN
    )


def downgrade() -> None:
    op.drop_index("ix_notification_unseen", "notification")
    op.execute("UPDATE notification SET seen_at = hidden_at WHERE hidden_at IS NOT NULL AND seen_at IS NULL")
    op.drop_column("notification", "hidden_at")
    op.drop_index("ix_audit_entry_target", "audit_entry")
    for name in NEW:
        op.drop_index(name, "audit_entry")
    op.create_index("ix_audit_entry_target", "audit_entry", TARGET)
    op.create_index("ix_audit_entry_actor_id", "audit_entry", ["actor_id"])
