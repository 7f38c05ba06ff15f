from __future__ import annotations

import sys

import pytest

from chokepoint.answer.ensemble.cluster import compute_on_cluster
from chokepoint.answer.ensemble.filling import fill
from chokepoint.answer.ensemble.partitions import partition_bytes, partition_name
from chokepoint.errors import ChokepointError
from tests.ensemble.questions import question


def test_without_dask_the_message_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ChokepointError, match=r"chokepoint\[cluster\]"):
        list(compute_on_cluster(question(), [0], "tcp://127.0.0.1:1"))


@pytest.mark.slow
# Dask's own shutdown leaves sockets to the collector.
@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_that_loses_a_worker_gives_the_bytes_this_process_gives(tmp_path):
    distributed = pytest.importorskip("distributed")
    asked, folder = question(draws=60), tmp_path / "many"
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, scheduler_port=0
    ) as cluster:

        def compute(numbers):
            found = compute_on_cluster(asked, numbers, cluster.scheduler_address)
            for at, (number, content) in enumerate(found):
                if at == 0:
                    next(iter(cluster.workers.values())).process.process.kill()
                yield number, content

        done = fill(folder, asked, compute, lambda _: None)
    assert done.computed == (0, 1, 2, 3, 4, 5)
    for number in range(asked.partitions):
        assert (folder / partition_name(number)).read_bytes() == partition_bytes(asked, number)
