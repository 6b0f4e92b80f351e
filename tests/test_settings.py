from datetime import timedelta
from pathlib import Path

import pytest

from evtimeline.core.keeping import Keep
from evtimeline.errors import SettingsError, WorkspaceError
from evtimeline.settings import FetchSettings, Settings, Workspace, load_settings, locate


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
