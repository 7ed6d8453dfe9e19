"""The API's description as one small page: no script, no style sheet, nothing from outside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "code,pre{font:14px/1.5 ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid #8886}"
    "h2{margin-top:2.5rem;border-top:1px solid #8886;padding-top:1rem}"
    "td,th{text-align:left;padding:.2rem .8rem .2rem 0}"
    "td{vertical-align:top}"
)


def docs_page(described: Mapping[str, Any], root: str) -> str:
    """Return an OpenAPI document as HTML.

    Args:
        described: The OpenAPI document.
        root: The path under which the server is shown, put before every path.
    """
    title = escape(described["info"]["title"])
    paths = "".join(
        _operation(described, root, path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    )
    schemas = "".join(_schema(name, schema) for name, schema in described["components"]["schemas"].items())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><h1>{title}</h1>'
        f"<p>{escape(described['info']['description'])}</p>"
        f'<p>As OpenAPI: <a href="{escape(root)}/api/openapi.json">openapi.json</a>. Model Context Protocol: '
        f"<code>{escape(root)}/mcp</code>.</p>{paths}<h2>Values</h2>{schemas}</body></html>"
    )


def _operation(described: Mapping[str, Any], root: str, path: str, method: str, operation: Mapping[str, Any]) -> str:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    sends = f"<p>Body: {_type(body)}</p>" if body else ""
    fields = [f"<code>{escape(item['name'])}</code>" for item in operation.get("parameters", ())]
    takes = f"<p>In the path: {', '.join(fields)}</p>" if fields else ""
    answers = "".join(
        f"<tr><td>{escape(status)}</td><td>{_type(_content(answer))}</td></tr>"
        for status, answer in operation["responses"].items()
    )
    return (
        f"<h2><code>{method.upper()} {escape(root + path)}</code></h2><p>{escape(operation.get('description', ''))}</p>"
        f"{takes}{sends}<table><tr><th>Status</th><th>Answer</th></tr>{answers}</table>"
    )


def _content(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _type(schema: Mapping[str, Any]) -> str:
    """Return a schema's name, linked to its fields where it has one."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f'<a href="#{name}"><code>{name}</code></a>'
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if "enum" in schema:
        return " or ".join(f"<code>{escape(json.dumps(value))}</code>" for value in schema["enum"])
    return escape(str(schema.get("type", "any")))


def _schema(name: str, schema: Mapping[str, Any]) -> str:
    rows = "".join(_field(name, about) for name, about in schema.get("properties", {}).items())
    about = escape(schema.get("description", ""))
    return f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{about}</p><table>{rows}</table>'


def _field(name: str, about: Mapping[str, Any]) -> str:
    meaning = escape(about.get("description", ""))
    return f"<tr><td><code>{escape(name)}</code></td><td>{_type(about)}</td><td>{meaning}</td></tr>"
