"""The examples of ``docs/deploy`` are read by what reads them in earnest, or by its grammar.

Beyond that: what they promise (no root, nothing written, nobody's address kept) is in them.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import crossplane
import pytest
import yaml
from dockerfile_parse import DockerfileParser

from api.__main__ import DRAIN
from api.body import MAX_BODY
from assistant.settings import Settings
from ingest.commands import asked

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "docs" / "deploy"
UNIT = DEPLOY / "assistant@.service"
TAGGED = re.compile(r"[\w./-]+:(?!latest)[\w.-]*\d[\w.-]*")
SECRET = re.compile(r"(PASSWORD|TOKEN|KEY|STORAGE|DATABASE_URL)=\S")


def unit() -> dict[str, list[str]]:
    """The values of each key of the unit, in order; « Environment » has many."""
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text("utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            found.setdefault(key, []).append(value)
    return found


def test_the_unit_may_touch_its_own_folder_and_the_network() -> None:
    said = unit()
    assert said["User"] != ["root"]
    assert said["ProtectSystem"] == ["strict"] and said["StateDirectoryMode"] == ["0700"]
    for key in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices"):
        assert said[key] == ["yes"]
    assert said["CapabilityBoundingSet"] == [""]
    assert set(said) >= {"MemoryMax", "TasksMax", "SystemCallFilter", "RestrictAddressFamilies"}
    assert int(said["TimeoutStopSec"][0]) > DRAIN


def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    text = UNIT.read_text("utf-8")
    here = text.replace("/srv/assistant-ptce/.venv/bin/python", sys.executable)
    assert here != text
    if analyze:  # where there is one; the test above holds everywhere
        (tmp_path / UNIT.name).write_text(here, "utf-8")
        done = subprocess.run(
            [analyze, "verify", tmp_path / UNIT.name], capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")


def directives(blocks: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Every directive of a configuration of nginx, whatever block it is in."""
    return [
        one
        for block in blocks
        for one in [(block["directive"], block["args"]), *directives(block.get("block", []))]
    ]


def test_nginx_is_given_directives_that_it_knows(tmp_path: Path) -> None:
    whole = tmp_path / "nginx.conf"
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    whole.write_text(f"events {{}}\nhttp {{\n{site}\n}}\n", "utf-8")
    read = crossplane.parse(str(whole), strict=True)
    assert read["errors"] == []
    found = directives(read["config"][0]["parsed"])
    assert ("ip_hash", []) in found
    assert ("proxy_buffering", ["off"]) in found
    assert ("proxy_set_header", ["X-Forwarded-For", "$remote_addr"]) in found
    assert ("proxy_set_header", ["X-Forwarded-Proto", "$scheme"]) in found
    assert [args for name, args in found if name == "access_log"] == [["off"]] * 2
    (size,) = [args[0] for name, args in found if name == "client_max_body_size"]
    assert int(size.removesuffix("k")) * 1024 > MAX_BODY
    (read_timeout,) = [args[0] for name, args in found if name == "proxy_read_timeout"]
    assert int(read_timeout.removesuffix("s")) > Settings.model_fields["model_seconds"].default


def test_caddy_streams_and_keeps_visitors_where_they_are() -> None:
    text = re.sub(r"#.*|\{\$[^}]*\}", "", (DEPLOY / "Caddyfile").read_text("utf-8"))
    assert text.count("{") == text.count("}") > 0
    words = [line.split() for line in text.splitlines()]
    for said in ("lb_policy ip_hash", "flush_interval -1", "max_size 128KB"):
        assert said.split() in words
    assert "log" not in {line[0] for line in words if line}  # it would hold addresses


@pytest.fixture
def dockerfile(tmp_path: Path) -> DockerfileParser:
    """The Dockerfile, read from a copy: the parser opens for writing."""
    copy = shutil.copy(DEPLOY / "Dockerfile", tmp_path / "Dockerfile")
    return DockerfileParser(str(copy))


def test_the_image_runs_without_root_on_a_named_base(dockerfile: DockerfileParser) -> None:
    steps = [(one["instruction"], one["value"]) for one in dockerfile.structure]
    assert all(TAGGED.fullmatch(image) for image in dockerfile.parent_images)
    last = [value for instruction, value in steps if instruction == "FROM"][-1]
    final = steps[len(steps) - 1 - steps[::-1].index(("FROM", last)) :]
    by_name = dict(final)
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", by_name["USER"])
    assert [name for name, _ in final].index("USER") < [name for name, _ in final].index("CMD")
    assert "/health" in by_name["HEALTHCHECK"]
    assert by_name["CMD"].startswith('["python", "-m", "api"')
    assert SECRET.search(dockerfile.content) is None
    assert "ADD" not in {name for name, _ in steps}


def test_what_the_image_copies_exists_and_nothing_else_is_sent(
    dockerfile: DockerfileParser,
) -> None:
    wanted = {
        source
        for one in dockerfile.structure
        if one["instruction"] == "COPY" and "--from" not in one["value"]
        for source in one["value"].split()[:-1]
    }
    sent = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").split()
    assert sent[0] == "*"
    assert wanted == {line[1:] for line in sent if line.startswith("!")}
    assert [name for name in wanted if not (ROOT / name).exists()] == []


def test_compose_takes_every_right_away() -> None:
    read = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    services: dict[str, dict[str, Any]] = read["services"]
    assert set(services) == {"ingest", "assistant", "caddy"}
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["mem_limit"]
        assert "privileged" not in service
        assert TAGGED.fullmatch(service["image"])
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            assert source in read["volumes"] or (DEPLOY / source).is_file()
    ours = services["assistant"]
    assert "ports" not in ours  # only the proxy is reached from outside
    assert not ours["user"].startswith("0")
    assert (DEPLOY / ours["build"]["context"] / ours["build"]["dockerfile"]).is_file()
    assert int(ours["stop_grace_period"].removesuffix("s")) > DRAIN
    (pool,) = read["networks"]["behind"]["ipam"]["config"]
    assert ours["environment"]["ASSISTANT_TRUSTED_PROXIES"] == pool["subnet"]


@pytest.mark.parametrize("file", [*DEPLOY.iterdir(), ROOT / "docs" / "deployment.md"])
def test_every_setting_named_is_one_and_no_secret_is_given(file: Path) -> None:
    text = file.read_text("utf-8")
    known = {f"ASSISTANT_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"\bASSISTANT_[A-Z_]+", text)) <= known
    given = [m.group() for m in re.finditer(r"(PASSWORD|TOKEN|SECRET|KEY)=(?!…)\S+", text)]
    assert given == []


def test_the_commands_of_the_page_exist() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text("utf-8")
    commands = re.findall(r"`python -m ingest (\w+)`", page)
    assert {"versions", "rollback"} <= set(commands)
    for command in commands:
        options = asked([command])
        assert options.look or options.change
    files = set(re.findall(r"`([\w@]+\.(?:service|conf|yaml|sh)|Dockerfile|Caddyfile)`", page))
    assert files == {one.name for one in DEPLOY.iterdir()} - {"Dockerfile.dockerignore"}
