import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from chokepoint.errors import DataError
from chokepoint.tables import Column, Table, refuse_foreign_files, whole_folder, write_tables
from chokepoint.tables import folder as folders


def fill(target, text="new"):
    with whole_folder(target) as folder:
        (folder / "report.html").write_text(text)
        (folder / "tables").mkdir()
        (folder / "tables" / "a.csv").write_text(text)


def hidden(parent):
    return sorted(path.name for path in parent.iterdir() if path.name.startswith("."))


def start_and_wait(script, *arguments):
    """Start a program that says 'ready' and waits to be killed."""
    code = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    process = subprocess.Popen(code, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


HALF_DONE = """
    import sys, time
    from pathlib import Path
    from chokepoint.tables import whole_folder
    with whole_folder(Path(sys.argv[1])) as folder:
        (folder / "report.html").write_text("half")
        print("ready", flush=True)
        time.sleep(60)
"""

HALF_WRITTEN = """
    import sys, time
    from pathlib import Path
    from chokepoint.tables import Column, Table, write_tables, writing
    def hang(*_):
        print("ready", flush=True)
        time.sleep(60)
    writing.write_workbook = hang
    write_tables([Table(name="t", title="T", columns=(Column(name="a"),), rows=((2,),))], Path(sys.argv[1]))
"""


def test_nothing_stands_at_the_target_until_everything_is_written(tmp_path):
    target = tmp_path / "deep" / "out"
    with whole_folder(target) as folder:
        (folder / "report.html").write_text("x")
        assert not target.exists()
    assert (target / "report.html").read_text() == "x"
    assert hidden(target.parent) == []


def test_a_later_run_replaces_the_whole_folder(tmp_path):
    fill(tmp_path / "out", "old")
    with whole_folder(tmp_path / "out") as folder:
        (folder / "other.html").write_text("new")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".chokepoint", "other.html"]
    assert hidden(tmp_path) == []


def test_a_failure_leaves_what_was_there(tmp_path):
    fill(tmp_path / "out", "old")

    def fail():
        with whole_folder(tmp_path / "out") as folder:
            (folder / "report.html").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (tmp_path / "out" / "report.html").read_text() == "old"
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("script", [HALF_DONE, HALF_WRITTEN])
def test_a_killed_run_leaves_what_was_there_and_the_next_one_clears_up(tmp_path, script):
    target = tmp_path / "out"
    fill(target, "old")
    kill(start_and_wait(script, target))
    assert (target / "report.html").read_text() == "old"
    assert (target / "tables" / "a.csv").read_text() == "old"
    assert len(hidden(tmp_path)) == 1
    fill(target, "new")
    assert (target / "report.html").read_text() == "new"
    assert hidden(tmp_path) == []


def test_a_killed_first_run_leaves_no_target(tmp_path):
    kill(start_and_wait(HALF_DONE, tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_run_that_is_still_at_work_is_not_cleared_away(tmp_path):
    process = start_and_wait(HALF_DONE, tmp_path / "out")
    fill(tmp_path / "out", "mine")
    (left,) = hidden(tmp_path)
    assert (tmp_path / left / "report.html").read_text() == "half"
    kill(process)


def test_many_kills_at_any_moment_never_leave_half_a_folder(tmp_path):
    script = """
        import sys
        from pathlib import Path
        from chokepoint.tables import whole_folder
        print("ready", flush=True)
        for number in range(100000):
            with whole_folder(Path(sys.argv[1])) as folder:
                for name in "abc":
                    (folder / name).write_text(str(number))
    """
    target = tmp_path / "out"
    for delay in (0.0, 0.003, 0.01, 0.02, 0.05):
        process = start_and_wait(script, target)
        while not target.exists():
            time.sleep(0.001)
        time.sleep(delay)
        kill(process)
        assert len({(target / name).read_text() for name in "abc"}) == 1


def test_without_an_exchange_in_one_step_the_old_folder_is_moved_aside_and_found_again(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    target = tmp_path / "out"
    fill(target, "old")
    fill(target, "new")
    assert (target / "report.html").read_text() == "new"
    assert hidden(tmp_path) == []
    target.rename(tmp_path / ".out.previous-00000000")
    with pytest.raises(RuntimeError), whole_folder(target):
        raise RuntimeError
    assert (target / "report.html").read_text() == "new"


def test_a_folder_with_files_of_others_is_refused_and_left_alone(tmp_path):
    target = tmp_path / "out"
    fill(target)
    (target / "thesis.docx").write_text("years of work")
    with pytest.raises(DataError) as raised:
        fill(target)
    assert str(raised.value.problems[0]) == (
        f"{target}: found files that no earlier run wrote (thesis.docx); expected no such folder yet, an empty one, "
        "or the output of an earlier run, which is replaced as a whole; "
        "name a folder of its own with --out, such as out/london-2025"
    )
    assert (target / "thesis.docx").read_text() == "years of work"
    assert hidden(tmp_path) == []


def test_what_a_file_browser_leaves_behind_is_nobodys(tmp_path):
    fill(tmp_path / "out")
    (tmp_path / "out" / ".DS_Store").write_text("")
    refuse_foreign_files(tmp_path / "out")


def test_an_empty_folder_may_be_filled(tmp_path):
    (tmp_path / "out").mkdir()
    fill(tmp_path / "out")
    assert (tmp_path / "out" / "report.html").exists()


def test_a_file_or_the_folder_one_stands_in_is_refused(tmp_path, monkeypatch):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(DataError, match="found a file; expected no such folder yet"):
        fill(tmp_path / "out")
    (tmp_path / "here" / "inner").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here" / "inner")
    for place in (Path(), Path("..")):
        with pytest.raises(DataError, match="found the folder you stand in, or one around it"):
            refuse_foreign_files(place)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match=r"expected a folder that can be written; choose a folder you may write to"):
        fill(tmp_path / "file" / "out")


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    fill(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    fill(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "report.html").read_text() == "new"


def test_tables_can_be_written_inside_a_folder_that_is_being_filled(tmp_path):
    table = Table(name="t", title="T", columns=(Column(name="a"),), rows=((1,),))
    for _ in range(2):
        with whole_folder(tmp_path / "out") as folder:
            write_tables([table], folder / "tables")
    assert (tmp_path / "out" / "tables" / "t.csv").read_text() == "a\n1\n"


def test_the_folder_can_be_read_by_whom_the_user_lets_read_files(tmp_path):
    before = os.umask(0o022)
    try:
        fill(tmp_path / "out")
    finally:
        os.umask(before)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o755
