"""Ask a language model at a chat-completions server that the user names; nothing is sent anywhere else."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from chokepoint.errors import ChokepointError

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "CHOKEPOINT_MODEL_KEY"
"""Name of the variable of the environment that holds the key; none is sent where it is not set."""
PATH = "/chat/completions"
SECONDS = 180


def asker(address: str, model: str) -> Callable[[str, str], str]:
    """Return a function that asks a model: an instruction and a message in, the answer out.

    Args:
        address: of the server, such as ``http://localhost:11434/v1``.
        model: its name there.

    Raises:
        ChokepointError: httpx is not installed, or no model is named.
    """
    if find_spec("httpx") is None:
        message = "--model needs httpx: pip install 'chokepoint[model]'"
        raise ChokepointError(message)
    if not model:
        message = "--model needs --model-name: which model of the server to ask"
        raise ChokepointError(message)
    return lambda instruction, message: _asked(address, model, instruction, message)


def _asked(address: str, model: str, instruction: str, message: str) -> str:
    import httpx  # noqa: PLC0415 - an extra

    address = address.rstrip("/")
    key = os.environ.get(KEY, "")
    body = {
        "model": model,
        "temperature": 0,
        "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": message}],
    }
    try:
        answer = httpx.post(
            address if address.endswith(PATH) else address + PATH,
            json=body,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=SECONDS,
        )
        answer.raise_for_status()
        told: Any = answer.json()
        return str(told["choices"][0]["message"]["content"] or "")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        problem = f"no answer from the model at {address}: {error}"
        raise ChokepointError(problem) from error
    except (KeyError, IndexError, TypeError) as error:
        problem = f"the model at {address} answered in another form than chat completions"
        raise ChokepointError(problem) from error
