from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import replace

import duckdb
import numpy as np
import pytest

from chokepoint.answer.ensemble.filling import estimate, fill
from chokepoint.answer.ensemble.outputs import every_loss, outputs_of
from chokepoint.answer.ensemble.partitions import parquet_bytes, partition_bytes, partition_for, partition_name
from chokepoint.answer.ensemble.question import simulate
from chokepoint.answer.ensemble.summary import summarise
from chokepoint.answer.ensemble.workers import Worker, compute_here
from chokepoint.answer.run import answer
from chokepoint.errors import ChokepointError, DataError
from tests.architecture.repository import ROOT
from tests.ensemble.questions import KEPT, question
from tests.ruritania import chain


def here(asked):
    """Return a way to compute partitions in this process."""
    return lambda numbers: ((number, partition_bytes(asked, number)) for number in numbers)


def numbers_in(folder):
    """Return every number of an ensemble's folder in one order."""
    with duckdb.connect() as connection:
        return connection.execute(
            f"SELECT * FROM read_parquet('{folder}/*.parquet') ORDER BY branch, name, month, \"case\""  # noqa: S608
        ).fetchall()


def test_any_chunk_gives_the_bits_of_one_run_over_all_cases(tmp_path):
    asked = question()
    whole = answer(asked.world, asked.scenario)
    for chunk in (7, 40, 100):
        cut = replace(asked, chunk=chunk)
        fill(tmp_path / str(chunk), cut, here(cut), lambda _: None)
    first, *others = (numbers_in(tmp_path / str(chunk)) for chunk in (7, 40, 100))
    assert others == [first, first]
    loss = whole.branch("ban").stakes.loss[:, :, 1]
    found = [value for b, name, _, _, value, _ in first if (b, name) == ("ban", "loss.SYL.total")]
    assert np.array_equal(np.array(found).reshape(4, 41).T, loss)
    assert np.ptp(loss[:, -1]) > 0.0


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    folder, asked = tmp_path_factory.mktemp("alone") / "one", question()
    fill(folder, asked, here(asked), lambda _: None)
    return folder


def test_a_killed_worker_costs_its_own_partition_and_nothing_is_lost_or_computed_twice(tmp_path, alone, monkeypatch):
    asked, said, finished, handed, killed = question(), [], [], [], []
    ask = Worker.ask

    def counted(worker, number):
        handed.append((worker.process.pid, number))
        ask(worker, number)

    monkeypatch.setattr(Worker, "ask", counted)

    def compute(numbers):
        for number, content in compute_here(asked, numbers, 2, said.append):
            finished.append(number)
            yield number, content
            if len(finished) == 1:
                # Whoever is still there has been given a partition of the three that are left.
                killed.append(multiprocessing.active_children()[0])
                os.kill(killed[0].pid, signal.SIGKILL)

    done = fill(tmp_path / "many", asked, compute, said.append)
    assert sorted(finished) == [0, 1, 2, 3]
    assert done.computed == (0, 1, 2, 3)
    assert sum("process was lost" in line for line in said) == 1
    # Only the partition the dead process was at was handed out again, to another process.
    assert killed[0].exitcode == -signal.SIGKILL
    again = [number for number, times in Counter(number for _, number in handed).items() if times > 1]
    assert len(handed) == 5
    assert again == [next(number for pid, number in reversed(handed) if pid == killed[0].pid)]
    for number in range(4):
        assert (tmp_path / "many" / partition_name(number)).read_bytes() == (
            alone / partition_name(number)
        ).read_bytes()


KILLED = """
import sys
from functools import partial
from pathlib import Path
from chokepoint.answer.ensemble.filling import fill
from chokepoint.answer.ensemble.workers import compute_here
from tests.ensemble.questions import question
if __name__ == "__main__":
    asked = question()
    say = lambda line: print(line, flush=True)
    fill(Path(sys.argv[1]), asked, lambda numbers: compute_here(asked, numbers, 1, say), say)
"""


def test_after_the_whole_program_is_killed_only_what_is_missing_is_computed(tmp_path, alone):
    script, folder, asked = tmp_path / "killed.py", tmp_path / "many", question()
    script.write_text(KILLED)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    with subprocess.Popen([sys.executable, script, folder], stdout=subprocess.PIPE, env=environment) as program:
        program.stdout.readline()
        program.kill()
    (folder / f"{partition_name(3)}.unfinished").write_bytes(b"half")
    before = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.parquet")}
    assert 1 <= len(before) < 4
    done = fill(folder, asked, here(asked), lambda _: None)
    assert len(done.found) == len(before)
    assert set(done.computed) == {0, 1, 2, 3} - set(done.found)
    assert {name: (folder / name).stat().st_mtime_ns for name in before} == before
    assert not list(folder.glob("*.unfinished"))
    assert numbers_in(folder) == numbers_in(alone)
    again = fill(folder, asked, here(asked), lambda _: None)
    assert (again.computed, again.cases) == ((), 0)


def test_a_partition_that_always_loses_its_process_is_given_up():
    said = []
    with pytest.raises(ChokepointError, match="partition 0 lost its process 3 times"):
        list(kill_from_the_start(question(draws=10), said.append))
    assert len(said) == 2


def kill_from_the_start(asked, say):
    """Compute in a process that is killed as soon as it has started, and again whenever one is begun anew."""
    stop = threading.Event()

    def hunt():
        while not stop.is_set():
            for child in multiprocessing.active_children():
                child.kill()
            time.sleep(0.01)

    hunter = threading.Thread(target=hunt)
    hunter.start()
    try:
        yield from compute_here(asked, [0], 1, say)
    finally:
        stop.set()
        hunter.join()


def test_a_folder_of_another_question_is_refused_and_says_what_differs(tmp_path, alone):
    for other, word in ((question(seed=12), "seed"), (question(chunk=9), "chunk"), (question(draws=41), "draws")):
        with pytest.raises(DataError, match=f"differs in: {word}"):
            fill(alone, other, here(other), lambda _: None)
    (tmp_path / "mine.txt").write_text("not yours")
    with pytest.raises(DataError, match="files of something else"):
        fill(tmp_path, question(), here(question()), lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_summary_is_numpys_quantiles_over_solved_cases(alone):
    asked = question()
    found = {row[:3]: row[3:] for row in summarise(alone).table.rows}
    done = simulate(asked, range(41))
    assert done.is_solved.all()
    assert len(found) == 2 * len(KEPT) * 5
    for at, output in enumerate(asked.outputs):
        values = done.values[0, at]
        over = values.sum(axis=0) if output.is_summed else values.mean(axis=0)
        for month, each in (("all", over), ("2025-03", values[2])):
            unit, cases, *ends = found["ban", output.name, month]
            assert cases == 41
            assert ends == pytest.approx(np.quantile(each, [0.1, 0.5, 0.9]), rel=1e-9, abs=1e-9)
            assert ("/month" in unit) == ("/month" in output.unit and month != "all")


def test_the_summary_counts_what_is_there_and_leaves_unsolved_cases_out(tmp_path):
    asked = question()
    done = simulate(asked, asked.cases_of(1))
    done.is_solved[0, 2:4] = False
    folder = tmp_path / "part"
    fill(folder, asked, lambda _: iter([(1, parquet_bytes(asked, done))]), lambda _: None)
    found = summarise(folder)
    assert (found.present, found.partitions, found.unsolved) == (1, 4, {"ban": 2})
    assert {row[0]: row[4] for row in found.table.rows} == {"ban": 8, "licence": 10}


def test_a_summary_of_one_output_is_its_part_of_the_summary_of_all(alone):
    whole = summarise(alone).table.rows
    one = summarise(alone, ["price.magnet.SYL"]).table.rows
    assert list(one) == [row for row in whole if row[1] == "price.magnet.SYL"]
    with pytest.raises(DataError, match=r"did you mean 'price\.magnet\.SYL'"):
        summarise(alone, ["price.magnet.SY"])


def test_what_is_kept_means_what_its_name_says():
    asked = question(draws=0)
    run = answer(asked.world, asked.scenario)
    done = simulate(asked, range(1))
    at = {output.name: number for number, output in enumerate(asked.outputs)}
    ban = run.branch("ban")
    lanes, world = asked.world.lanes, asked.world
    magnets = (lanes.good == world.good_index("magnet")) & (lanes.exporter == 0) & (lanes.importer != 0)
    assert done.values[0, at["flow.magnet.RUR.ALL"], :, 0] == pytest.approx(ban.outcome.flow[0][:, magnets].sum(axis=1))
    league = ban.stakes.loss[0][:, 1:3].sum(axis=1)
    assert done.values[0, at["loss.LEAGUE.total"], :, 0] == pytest.approx(league)
    price = done.values[0, at["price.magnet.SYL"], :, 0]
    reference = world.goods[world.good_index("magnet")].price_usd_per_unit
    assert price[0] == pytest.approx(reference, rel=1e-3)
    assert price[-1] > 1.2 * reference


def test_names_that_mean_nothing_are_all_reported_with_a_remedy():
    with pytest.raises(DataError, match="2 problems") as caught:
        outputs_of(chain(), ["loss.SYLV", "price.magnet", "loss.SYL"])
    assert "did you mean 'SYL'?" in str(caught.value)
    assert "write price.GOOD.COUNTRY" in str(caught.value)


def test_every_loss_is_every_party_by_component():
    names = [each.name for each in every_loss(chain())]
    assert len(names) == 4 * (1 + 4)
    assert {"loss.LEAGUE.total", "loss.RUR.rent", "loss.GFW.switching"} <= set(names)


def test_a_worker_of_another_version_refuses():
    with pytest.raises(ChokepointError, match=r"asked by 0\.0\.9"):
        partition_for(question(draws=1), 0, "0.0.9")


def test_an_estimate_counts_rows_and_measures_the_rest():
    asked = question(draws=1000, chunk=300)
    plan = estimate(asked, 2)
    assert (plan.cases, plan.partitions) == (1001, 4)
    assert plan.rows == 1001 * 2 * 5 * 4
    one = parquet_bytes(asked, simulate(asked, range(100)))
    assert plan.bytes_per_case == pytest.approx(len(one) / 100, rel=0.5)
    assert plan.seconds == pytest.approx(1001 * plan.seconds_per_case / 2)


def test_the_manifest_holds_what_decides_the_numbers(alone):
    manifest = json.loads((alone / "ensemble.json").read_text("utf-8"))
    assert {"identity", "version", "world", "seed", "draws", "branches", "outputs", "chunk"} <= manifest.keys()
    assert manifest["world"]["fingerprint"]
    assert manifest["branches"]["ban"]["parameters"]
    assert question(draws=40).identity() == manifest["identity"] != question(months=5).identity()
