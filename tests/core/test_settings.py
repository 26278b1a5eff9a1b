"""What an operator is told about settings, before anything starts."""

from pathlib import Path

import pytest

from forum.core.settings import SettingError, load


def loaded(tmp_path: Path, **given: str) -> object:
    return load({"FORUM_DATA_DIR": str(tmp_path), **given}, None)


def test_without_any_setting_the_house_runs_on_sqlite_on_this_machine_only(tmp_path: Path) -> None:
    settings = load({"FORUM_DATA_DIR": str(tmp_path)}, None)
    assert settings.is_sqlite
    assert settings.is_loopback
    assert settings.base_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FORUM_DATABSE_URL", "sqlite:///x", "There is no setting FORUM_DATABSE_URL"),
        ("PORT", "eighty", "PORT must be a whole number"),
        ("PORT", "70000", "PORT must be between 1 and 65535"),
        ("FORUM_RATE_LIMITS", "maybe", "FORUM_RATE_LIMITS must be one of on, off"),
        ("FORUM_DATABASE_URL", "mysql://x", "FORUM_DATABASE_URL must begin with"),
        ("FORUM_BASE_URL", "community.example", "FORUM_BASE_URL must begin with"),
        ("FORUM_MAIL_URL", "http://x", "FORUM_MAIL_URL must begin with"),
        ("FORUM_MAIL_REPLY_TO", "support", "FORUM_MAIL_REPLY_TO must be one e-mail address"),
        ("FORUM_MAIL_REPLY_TO", "a@example.org, b@example.org", "FORUM_MAIL_REPLY_TO must be one e-mail address"),
        ("FORUM_MAIL_FROM", "Team <team>", "FORUM_MAIL_FROM must be one e-mail address"),
        ("FORUM_MAIL_FROM", "team@", "FORUM_MAIL_FROM must be one e-mail address"),
        ("FORUM_SECRET_KEY", "short", "FORUM_SECRET_KEY must have at least 16"),
        ("FORUM_WEB_WORKERS", "0", "FORUM_WEB_WORKERS"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(SettingError) as error:
        loaded(tmp_path, **{name: value})
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("given", ["team@example.org", "Our Team <team@example.org>", "team@localhost"])
def test_an_address_may_have_a_name(tmp_path: Path, given: str) -> None:
    loaded(tmp_path, FORUM_MAIL_FROM=given, FORUM_MAIL_REPLY_TO=given)


def test_rate_limits_are_switched_off_on_a_loopback_address_only(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="loopback"):
        loaded(tmp_path, FORUM_RATE_LIMITS="off", HOST="0.0.0.0")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text('# ours\nexport PORT=8123\nFORUM_MAIL_FROM="team@example.org"\n', encoding="utf-8")
    settings = load({"FORUM_DATA_DIR": str(tmp_path), "PORT": "8200"}, env_file)
    assert (settings.port, settings.mail_from) == (8200, "team@example.org")


def test_a_line_of_the_file_that_is_no_setting_is_named(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("PORT=8123\nnonsense\n", encoding="utf-8")
    with pytest.raises(SettingError, match="Line 2"):
        load({"FORUM_DATA_DIR": str(tmp_path)}, env_file)


def test_a_refused_line_is_not_repeated_because_it_may_hold_a_secret(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("FORUM_SECRET_KEY: hush-hush-hush-hush\n", encoding="utf-8")
    with pytest.raises(SettingError) as error:
        load({"FORUM_DATA_DIR": str(tmp_path)}, env_file)
    assert "hush" not in str(error.value)


def test_the_path_of_a_sqlite_file_is_taken_from_the_present_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load({"FORUM_DATA_DIR": str(tmp_path), "FORUM_DATABASE_URL": "sqlite:///data/ours.sqlite3"}, None)
    assert settings.database_url == f"sqlite:///{tmp_path}/data/ours.sqlite3"


def test_the_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = load({"FORUM_DATA_DIR": str(tmp_path)}, None)
    second = load({"FORUM_DATA_DIR": str(tmp_path)}, None)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 48
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
