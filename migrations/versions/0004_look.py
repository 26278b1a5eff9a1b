"""How the community looks: any brand colour instead of a hue, corners, a theme, an own style sheet. A member who never
chose a theme has the community's from now on."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLOURS = (
    "#7e3f55",
    "#803f4b",
    "#814041",
    "#814138",
    "#80432e",
    "#7e4624",
    "#7b491b",
    "#764c12",
    "#71500a",
    "#6a5407",
    "#63570b",
    "#5a5b13",
    "#505e1d",
    "#466027",
    "#3a6331",
    "#2c643b",
    "#1b6645",
    "#00664f",
    "#006558",
    "#006460",
    "#006368",
    "#00626f",
    "#006176",
    "#025f7f",
    "#1c5c83",
    "#2b5987",
    "#385688",
    "#435389",
    "#4d5088",
    "#564d85",
    "#5f4a81",
    "#66477c",
    "#6d4576",
    "#72436e",
    "#774166",
    "#7b405e",
)
"""The colour that each hue had so far, every ten degrees."""


def upgrade() -> None:
    op.create_table(
        "community_style",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("css", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_community_style_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_style")),
    )
    with op.batch_alter_table("community") as batch:
        for name, length, value in (("brand_colour", 7, ""), ("corners", 10, "soft"), ("theme", 10, "auto")):
            batch.add_column(sa.Column(name, sa.String(length), nullable=False, server_default=value))
        batch.add_column(sa.Column("style_mark", sa.String(16), nullable=False, server_default=""))
    community = sa.table("community", sa.column("brand_hue", sa.Integer), sa.column("brand_colour", sa.String))
    connection = op.get_bind()
    hue = connection.execute(sa.select(community.c.brand_hue)).scalar_one()
    connection.execute(sa.update(community).values(brand_colour=COLOURS[round(hue / 10) % 36]))
    with op.batch_alter_table("community") as batch:
        for name in ("brand_colour", "corners", "theme", "style_mark"):
            batch.alter_column(name, server_default=None)
        batch.drop_column("brand_hue")
    member = sa.table("member", sa.column("theme", sa.String))
    connection.execute(sa.update(member).where(member.c.theme == "auto").values(theme="community"))


def downgrade() -> None:
    connection = op.get_bind()
    member = sa.table("member", sa.column("theme", sa.String))
    connection.execute(sa.update(member).where(member.c.theme == "community").values(theme="auto"))
    with op.batch_alter_table("community") as batch:
        batch.add_column(sa.Column("brand_hue", sa.Integer(), nullable=False, server_default="220"))
    community = sa.table("community", sa.column("brand_hue", sa.Integer), sa.column("brand_colour", sa.String))
    colour = connection.execute(sa.select(community.c.brand_colour)).scalar_one()
    if colour in COLOURS:
        connection.execute(sa.update(community).values(brand_hue=COLOURS.index(colour) * 10))
    with op.batch_alter_table("community") as batch:
        batch.alter_column("brand_hue", server_default=None)
        for name in ("brand_colour", "corners", "theme", "style_mark"):
            batch.drop_column(name)
    op.drop_table("community_style")
