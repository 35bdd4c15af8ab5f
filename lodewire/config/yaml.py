"""Safe YAML for definitions: plain values only, no anchors, no doubled keys, ``NO`` is Norway."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from lodewire.errors import ConfigError

MAX_BYTES = 200_000  # a definition is a page of text; more is a mistake or an attack


class _Loader(yaml.SafeLoader):
    """SafeLoader that keeps to YAML 1.2's idea of true and false, and refuses aliases."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="aliases (*name) are not supported", problem_mark=self.get_mark()
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(
                    problem="a key must be a plain word", problem_mark=key.start_mark
                )
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key.value!r} stands twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


# YAML 1.1 reads NO, no, on and off as truth values; country codes must stay texts.
_Loader.yaml_implicit_resolvers = {
    letter: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool"]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _word in ("true", "false"):
    _Loader.yaml_implicit_resolvers.setdefault(_word[0], []).append(
        ("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"))
    )


def read_yaml(file: Path) -> dict[str, Any]:
    """Read one mapping. Raises ConfigError with file, line and column."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be read: {error.strerror or error}.",
            hint="Check the path and the permissions of the file.",
        ) from error
    if len(raw) > MAX_BYTES:
        raise ConfigError(
            f"{file}: {len(raw):,} bytes; a definition has at most {MAX_BYTES:,}.",
            hint="Is this the right file? A definition is a page of text.",
        )
    try:
        value = yaml.load(raw.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 - _Loader is safe
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{file}: byte {error.start} is not UTF-8.", hint="Save the file as UTF-8."
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError(
            f"{file}: not valid YAML: {_brief(error)}",
            hint="A line reads `key: value`; put texts with `: ` or `#` in double quotes.",
        ) from error
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise ConfigError(
            f"{file}: holds no keys.", hint="A definition starts with `id: ...`, one key a line."
        )
    return value


def _brief(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        mark = error.problem_mark
        return f"line {mark.line + 1}, column {mark.column + 1}: {error.problem}."
    return f"{str(error).splitlines()[0] if str(error) else 'nested too deeply'}."
