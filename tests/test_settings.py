from datetime import timedelta
from pathlib import Path

import pytest

from evtimeline.core.keeping import Keep
from evtimeline.errors import SettingsError, WorkspaceError
from evtimeline.settings import FetchSettings, Settings, Workspace, load_settings, locate
from evtimeline.settings.inspection import inspect_settings
from evtimeline.settings.running import Listening
from evtimeline.settings.source import Told


def workspace(folder: Path, text: str = "") -> Workspace:
    (folder / "evtimeline.toml").write_text(text, "utf-8")
    return Workspace(folder, folder)


def problems(folder: Path, text: str, environment: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(workspace(folder, text), environment or {})
    return str(caught.value).splitlines()


def test_an_empty_file_gives_what_is_usual(tmp_path: Path) -> None:
    assert load_settings(workspace(tmp_path), {}) == Settings(database=f"sqlite:///{tmp_path}/evtimeline.db")


def test_a_missing_file_is_an_empty_one(tmp_path: Path) -> None:
    assert load_settings(Workspace(tmp_path, tmp_path), {}).fetch == FetchSettings()


def test_everything_can_be_set_in_the_file(tmp_path: Path) -> None:
    text = """
        database = "postgresql://me@host/timelines"
        language = "zh"
        zone = "Asia/Shanghai"
        contact = "me@example.org"
        [fetch]
        timeout = 10
        max_bytes = 5_000_000
        at_once = 4
        per_host = 1
        min_interval = 30
        allow_link_local = true
    """
    assert load_settings(workspace(tmp_path, text), {}) == Settings(
        database="postgresql://me@host/timelines",
        language="zh",
        zone="Asia/Shanghai",
        contact="me@example.org",
        fetch=FetchSettings(10, 5_000_000, 4, 1, 30, True),
    )


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    environment = {
        "EVTIMELINE_LANGUAGE": "en",
        "EVTIMELINE_FETCH_TIMEOUT": "7",
        "EVTIMELINE_FETCH_ALLOW_LINK_LOCAL": "1",
    }
    settings = load_settings(workspace(tmp_path, 'language = "zh"\n[fetch]\ntimeout = 10'), environment)
    assert (settings.language, settings.fetch.timeout, settings.fetch.allow_link_local) == ("en", 7, True)


def test_what_was_typed_goes_before_all(tmp_path: Path) -> None:
    assert load_settings(workspace(tmp_path, 'language = "zh"'), {"EVTIMELINE_LANGUAGE": "zh"}, "en").language == "en"


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    assert load_settings(workspace(tmp_path, 'language = "zh"'), {"EVTIMELINE_LANGUAGE": ""}).language == "zh"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_locale_s_unless_chosen(tmp_path: Path, environment: dict[str, str], language: str) -> None:
    assert load_settings(workspace(tmp_path), environment).language == language


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    text = 'langauge = "zh"\nzone = "Asia/Shangai"\n[fetch]\ntimeout = "long"\nat_once = 0\nallow_link_local = 3'
    path = tmp_path / "evtimeline.toml"
    assert problems(tmp_path, text, {"EVTIMELINE_LANGUAGE": "fr", "EVTIMELINE_DATABSE": "x"}) == [
        "EVTIMELINE_LANGUAGE must be zh, en or auto, not 'fr'",
        f"{path}: zone is no time zone ('Asia/Shangai'); did you mean Asia/Shanghai?",
        f"{path}: fetch.timeout must be a whole number from 1 to 3600, not 'long'",
        f"{path}: fetch.at_once must be a whole number from 1 to 500, not 0",
        f"{path}: fetch.allow_link_local must be true or false, not 3",
        f"{path}: there is no setting 'langauge'; did you mean language?",
        "there is no variable EVTIMELINE_DATABSE; did you mean EVTIMELINE_DATABASE?",
    ]


@pytest.mark.parametrize("zone", ["../../etc/passwd", "", "/etc/localtime", "Asia"])
def test_a_zone_that_is_none_is_refused(tmp_path: Path, zone: str) -> None:
    assert "is no time zone" in problems(tmp_path, f'zone = "{zone}"')[0]


@pytest.mark.parametrize("text", ["language = ", "\x00", "[fetch\n"])
def test_a_file_that_is_not_toml_is_one_sentence(tmp_path: Path, text: str) -> None:
    assert len(problems(tmp_path, text)) == 1


def test_a_file_that_is_not_utf8_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "evtimeline.toml").write_bytes("zone = '上海'".encode("gb18030"))
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_settings(Workspace(tmp_path, tmp_path), {})


def test_a_relative_database_lies_beside_the_settings(tmp_path: Path) -> None:
    settings = load_settings(workspace(tmp_path, 'database = "sqlite:///data/own.db"'), {})
    assert settings.database == f"sqlite:///{tmp_path}/data/own.db"


@pytest.mark.parametrize("url", ["mysql://host/name", "own.db", "sqlite://", "sqlite:///"])
def test_another_kind_of_database_is_refused(tmp_path: Path, url: str) -> None:
    assert (
        "must be sqlite:///path/to/file.db or postgresql://user@host/name"
        in problems(tmp_path, f'database = "{url}"')[0]
    )


def test_variables_of_others_are_left_alone(tmp_path: Path) -> None:
    load_settings(workspace(tmp_path), {"EVTIMELINE_MY_OWN_SCRIPT": "1"})


class TestLocating:
    def test_an_option_goes_before_the_environment(self, tmp_path: Path) -> None:
        found = locate(tmp_path / "a", {"EVTIMELINE_HOME": str(tmp_path / "b")})
        assert found.settings_file == tmp_path / "a" / "evtimeline.toml"

    def test_the_environment_names_one_folder_for_everything(self, tmp_path: Path) -> None:
        found = locate(None, {"EVTIMELINE_HOME": str(tmp_path)})
        files = (found.settings_file, found.catalogue_file, found.database_file, found.lock_file)
        assert [file.name for file in files] == ["evtimeline.toml", "feeds.yaml", "evtimeline.db", "evtimeline.lock"]
        assert {file.parent for file in files} == {tmp_path}

    def test_a_workspace_in_the_current_folder_is_found(self, tmp_path: Path) -> None:
        workspace(tmp_path)
        assert locate(None, {}, here=tmp_path) == Workspace(tmp_path, tmp_path)

    def test_else_it_is_in_the_user_s_folders(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        found = locate(None, {}, here=tmp_path)
        assert found.settings_file == tmp_path / "config" / "evtimeline" / "evtimeline.toml"
        assert found.database_file == tmp_path / "data" / "evtimeline" / "evtimeline.db"

    def test_a_missing_workspace_is_a_sentence_with_the_command_that_makes_one(self, tmp_path: Path) -> None:
        with pytest.raises(WorkspaceError, match="run `evtimeline init`"):
            locate(tmp_path / "none", {}).require()


class TestTelling:
    def test_mail_and_channels_can_be_set(self, tmp_path: Path) -> None:
        text = """
            public_url = "https://dates.example.org"
            [smtp]
            host = "mail.example.org"
            security = "tls"
            from = "news@example.org"
            user = "news"
            password_file = "secrets/mail"
            [channel.team]
            kind = "feishu"
            url = "https://open.feishu.cn/open-apis/bot/v2/hook/1"
            [channel.other]
            url = "http://127.0.0.1:8000/hook"
        """
        (tmp_path / "secrets").mkdir()
        (tmp_path / "secrets" / "mail").write_text("pass word\n")
        settings = load_settings(workspace(tmp_path, text), {"EVTIMELINE_CHANNEL_TEAM_SECRET": "SEC1"})
        assert (settings.mail.port, settings.mail.read_password()) == (465, "pass word")
        assert [(one.name, one.kind, one.secret.read()) for one in settings.channels] == [
            ("team", "feishu", "SEC1"),
            ("other", "webhook", None),
        ]
        assert (settings.public_url, settings.mail_domain) == ("https://dates.example.org", "example.org")

    def test_no_secret_is_shown_by_what_holds_it(self, tmp_path: Path) -> None:
        text = '[smtp]\nhost = "a.b"\nfrom = "a@b.c"\n[channel.team]\nurl = "https://hooks.example/key"'
        environment = {"EVTIMELINE_SMTP_PASSWORD": "hunter2", "EVTIMELINE_CHANNEL_TEAM_SECRET": "SEC1"}
        shown = repr(load_settings(workspace(tmp_path, text), environment))
        assert not [one for one in ("hunter2", "SEC1", "hooks.example") if one in shown]

    def test_a_password_in_the_file_is_refused_with_the_way_out(self, tmp_path: Path) -> None:
        (problem,) = problems(tmp_path, '[smtp]\npassword = "hunter2"')
        assert "password_file" in problem
        assert "hunter2" not in problem

    def test_every_wrong_way_out_is_told(self, tmp_path: Path) -> None:
        text = '[smtp]\nhost = "mail.example.org"\nsecurity = "ssl"\n[channel.team]\nkind = "fax"\nurl = "ftp://x"'
        told = problems(tmp_path, text)
        assert [one.partition(": ")[2].split(" ")[0] for one in told] == [
            "smtp.security",
            "smtp.from",
            "channel.team.kind",
            "channel.team.url",
        ]

    def test_a_password_file_that_is_missing_is_one_sentence(self, tmp_path: Path) -> None:
        settings = load_settings(workspace(tmp_path, '[smtp]\npassword_file = "nowhere"'), {})
        with pytest.raises(SettingsError, match="nowhere cannot be read"):
            settings.mail.read_password()

    def test_a_keyring_that_is_not_installed_says_how_to_get_it(self, tmp_path: Path) -> None:
        settings = load_settings(workspace(tmp_path, "[smtp]\nkeyring = true"), {})
        with pytest.raises(SettingsError, match="keyring"):
            settings.mail.read_password()


def test_what_is_kept_how_long_is_said_in_days_and_0_is_for_ever(tmp_path: Path) -> None:
    assert load_settings(workspace(tmp_path), {}).keep == Keep(timedelta(days=180), timedelta(days=365))
    text = "[keep]\nentries = 30\nmessages = 0"
    assert load_settings(workspace(tmp_path, text), {}).keep == Keep(timedelta(days=30), None)
    assert "keep.entries must be a whole number from 0" in problems(tmp_path, "[keep]\nentries = -1")[0]


def test_where_the_daemon_is_asked_for_its_health_can_be_set(tmp_path: Path) -> None:
    def health(text: str) -> object:
        return load_settings(workspace(tmp_path, f"[daemon]\nhealth = {text}"), {}).daemon.health

    assert load_settings(workspace(tmp_path), {}).daemon.health == Listening("127.0.0.1", 8686)
    assert health('"0.0.0.0:80"') == Listening("0.0.0.0", 80)
    assert health('"[::1]:80"') == Listening("::1", 80)
    assert health('"off"') is None and health('""') is None
    for wrong in ("8686", "localhost", "host:0", "host:99999", "http://x:1", "a b:1", "x:1/y"):
        assert "daemon.health must be an address and a port" in problems(tmp_path, f'[daemon]\nhealth = "{wrong}"')[0]


class TestSecretsInFiles:
    def test_every_secret_may_lie_in_a_file_that_a_variable_names(self, tmp_path: Path) -> None:
        for name in ("mail", "database", "hook", "sign"):
            (tmp_path / name).write_text(f"https://hooks.example/{name}\n")
        environment = {
            "EVTIMELINE_SMTP_PASSWORD_FILE": str(tmp_path / "mail"),
            "EVTIMELINE_CHANNEL_TEAM_URL_FILE": str(tmp_path / "hook"),
            "EVTIMELINE_CHANNEL_TEAM_SECRET_FILE": str(tmp_path / "sign"),
        }
        settings = load_settings(workspace(tmp_path, '[channel.team]\nkind = "wecom"'), environment)
        (team,) = settings.channels
        assert settings.mail.read_password() == "https://hooks.example/mail"
        assert (team.url, team.secret.read()) == ("https://hooks.example/hook", "https://hooks.example/sign")

    def test_the_address_of_the_database_may_lie_in_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "address").write_text("postgresql://me:hunter2@host/name\n")
        settings = load_settings(workspace(tmp_path), {"EVTIMELINE_DATABASE_FILE": str(tmp_path / "address")})
        assert settings.database == "postgresql://me:hunter2@host/name"
        assert "hunter2" not in repr(settings)

    def test_or_only_its_password(self, tmp_path: Path) -> None:
        (tmp_path / "password").write_text("p@ss/word\n")
        text = 'database = "postgresql://me@host:5433/name?sslmode=require"\ndatabase_password_file = "password"'
        settings = load_settings(workspace(tmp_path, text), {})
        assert settings.database == "postgresql://me:p%40ss%2Fword@host:5433/name?sslmode=require"

    @pytest.mark.parametrize(
        ("database", "why"),
        [
            ("sqlite:///own.db", "a SQLite file has no password"),
            ("postgresql://host/name", "needs a user"),
            ("postgresql://me:other@host/name", "beside a password"),
        ],
    )
    def test_a_password_that_has_no_place_is_refused(self, tmp_path: Path, database: str, why: str) -> None:
        (problem,) = problems(tmp_path, f'database = "{database}"', {"EVTIMELINE_DATABASE_PASSWORD": "hunter2"})
        assert why in problem
        assert not [secret for secret in ("hunter2", "other") if secret in problem]

    def test_a_variable_goes_before_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "hook").write_text("https://hooks.example/file")
        text = '[channel.team]\nurl_file = "hook"'
        settings = load_settings(
            workspace(tmp_path, text), {"EVTIMELINE_CHANNEL_TEAM_URL": "https://hooks.example/set"}
        )
        assert settings.channels[0].url == "https://hooks.example/set"
        text = '[channel.team]\nurl = "https://hooks.example/plain"'
        settings = load_settings(workspace(tmp_path, text), {"EVTIMELINE_CHANNEL_TEAM_URL_FILE": "hook"})
        assert settings.channels[0].url == "https://hooks.example/file"

    def test_a_file_beside_a_value_is_refused(self, tmp_path: Path) -> None:
        text = 'database = "postgresql://me@host/name"\ndatabase_file = "address"'
        (problem,) = problems(tmp_path, text)
        assert "stands beside database_file" in problem

    @pytest.mark.parametrize(
        ("content", "why"),
        [("", "is empty"), (" \n", "is empty"), ("one\ntwo\n", "on one line"), ("a\0b", "on one line")],
    )
    def test_a_file_that_holds_no_password_is_one_sentence(self, tmp_path: Path, content: str, why: str) -> None:
        (tmp_path / "mail").write_text(content)
        settings = load_settings(workspace(tmp_path, '[smtp]\npassword_file = "mail"'), {})
        with pytest.raises(SettingsError, match=why) as caught:
            settings.mail.read_password()
        assert "two" not in str(caught.value)

    def test_a_database_file_that_cannot_be_read_is_told_with_the_other_problems(self, tmp_path: Path) -> None:
        told = problems(tmp_path, 'database_file = "nowhere"\nlanguage = "fr"')
        assert [one for one in told if "nowhere cannot be read" in one]
        assert len(told) == 2


class TestInspecting:
    TEXT = """\
language = "zh"
database = "postgresql://me:hunter2@host/name?sslpassword=hunter2"
smtp = { host = "mail.example.org", from = "news@example.org" }

[channel.team]
kind = "feishu"
url = "https://open.feishu.cn/hook/hunter2"   # with its key
[channel."other one"]
kind = "apprise"
url = "mailto://me:hunter2@example.org"
[fetch]
timeout = 10
"""

    def told(self, folder: Path, text: str = TEXT, environment: dict[str, str] | None = None) -> dict[str, Told]:
        return {one.name: one for one in inspect_settings(workspace(folder, text), environment or {}).told}

    def test_a_setting_tells_its_file_and_line(self, tmp_path: Path) -> None:
        told = self.told(tmp_path)
        lines = [told[name].line for name in ("language", "database", "smtp.host", "channel.team.url", "fetch.timeout")]
        assert lines == [1, 2, 3, 7, 12]
        assert told["channel.other one.kind"].line == 9
        assert told["language"].where == str(tmp_path / "evtimeline.toml")
        assert told["fetch.timeout"].value == 10

    def test_or_its_variable_or_that_it_is_what_is_usual(self, tmp_path: Path) -> None:
        told = self.told(tmp_path, environment={"EVTIMELINE_LANGUAGE": "en"})
        assert (told["language"].origin, told["language"].where) == ("variable", "EVTIMELINE_LANGUAGE")
        assert (told["zone"].origin, told["zone"].where, told["zone"].value) == ("default", "", "UTC")

    def test_no_secret_is_shown_nor_a_part_of_one(self, tmp_path: Path) -> None:
        environment = {"EVTIMELINE_SMTP_PASSWORD": "hunter2", "EVTIMELINE_CHANNEL_TEAM_SECRET": "hunter2"}
        found = inspect_settings(workspace(tmp_path, self.TEXT), environment)
        assert "hunter" not in str(found)
        told = {one.name: one.value for one in found.told}
        assert told["database"] == "postgresql://me:***@host/name?sslpassword=***"
        assert told["channel.team.url"] == "https://open.feishu.cn/***"
        assert told["channel.other one.url"] == "mailto://***"
        assert told["smtp.password"] == told["channel.team.secret"] == "***"

    def test_a_secret_tells_its_file_without_reading_it_and_a_keyring_is_named(self, tmp_path: Path) -> None:
        told = self.told(tmp_path, '[smtp]\npassword_file = "mail"')
        assert (told["smtp.password"].origin, told["smtp.password"].where) == ("secret file", str(tmp_path / "mail"))
        assert self.told(tmp_path, "[smtp]\nkeyring = true")["smtp.password"].origin == "keyring"
        assert self.told(tmp_path, "")["smtp.password"].value == ""

    def test_what_is_wrong_is_left_to_the_problems_and_the_rest_is_told(self, tmp_path: Path) -> None:
        found = inspect_settings(workspace(tmp_path, 'zone = "Asia/Shangai"\nlangauge = "zh"'), {})
        assert found.refused == {"zone"}
        assert len(found.problems) == 2
        assert found.settings.zone == "UTC"
        assert "zone" not in [one.name for one in found.told]

    def test_a_file_that_is_no_toml_leaves_what_is_usual_and_the_variables(self, tmp_path: Path) -> None:
        found = inspect_settings(workspace(tmp_path, "[fetch\n"), {"EVTIMELINE_ZONE": "Asia/Tokyo"})
        assert len(found.problems) == 1
        assert (found.settings.zone, "database" in found.refused) == ("Asia/Tokyo", True)
