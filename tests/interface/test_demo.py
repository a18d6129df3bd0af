"""The demo command, over the real demo shop and the stand-in spiders."""

import re
import signal
import socket
import urllib.request


def test_faults_found_by_design_are_no_failure(audit, here):
    result = audit("demo", "--out", "run")
    assert result.exit_code == 0
    assert "Blocked: 1 new finding" in result.stdout
    assert "faults by design" in result.stdout
    assert (here / "run" / "report.html").is_file()
    assert re.match(r"http://.*:\d+/", result.shop.config.shop)


def test_a_demo_that_could_not_be_judged_exits_2(audit):
    assert audit("demo", titles=("murky", "tracker")).exit_code == 2
    assert audit("demo", ends="broken").exit_code == 2


def test_a_port_that_is_taken_is_named(audit):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = audit("demo", "--port", taken.getsockname()[1])
    assert result.exit_code == 3
    assert "--port: the demo shop cannot be served there: Address already in use" in result.stderr


def test_serve_leaves_the_shop_running_until_ctrl_c(start):
    process = start("demo", "--serve", "--out", "run")
    line = next(line for line in process.stderr if "until Ctrl-C" in line)
    port = re.search(r":(\d+)/", line)[1]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
        assert answer.status in (200, 404)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 0
