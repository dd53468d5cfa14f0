"""The OpenAPI document as a page for people needs it."""

from __future__ import annotations

from typing import Any


def guide(schema: dict[str, Any]) -> dict[str, Any]:
    """title, version, description; operations in order; the shapes that they name."""
    return {
        "title": schema["info"]["title"],
        "version": schema["info"]["version"],
        "description": schema["info"]["description"],
        "operations": [
            _operation(path, method, operation)
            for path, methods in schema["paths"].items()
            for method, operation in methods.items()
        ],
        "shapes": [
            {"name": name, "description": shape.get("description", ""), "fields": _fields(shape)}
            for name, shape in sorted(schema["components"]["schemas"].items())
        ],
    }


def _operation(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "description": operation.get("description", ""),
        "token": bool(operation.get("security")),
        "parameters": [
            {
                "name": each["name"],
                "where": each["in"],
                "required": each.get("required", False),
                "kind": kind(each["schema"]),
            }
            for each in operation.get("parameters", [])
        ],
        "body": kind(body["schema"]) if body else "",
        "answers": [
            {
                "status": status,
                "kind": kind(next(iter(answer["content"].values()))["schema"])
                if "content" in answer
                else "",
            }
            for status, answer in operation["responses"].items()
        ],
    }


def _fields(shape: dict[str, Any]) -> list[dict[str, Any]]:
    required = shape.get("required", [])
    return [
        {
            "name": name,
            "kind": kind(each),
            "required": name in required,
            "description": each.get("description", ""),
        }
        for name, each in shape.get("properties", {}).items()
    ]


def kind(schema: dict[str, Any]) -> str:
    """What a value is, in a few words: `text`, `number or nothing`, the name of a shape."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    for name in ("anyOf", "allOf", "oneOf"):
        if name in schema:
            return " | ".join(kind(each) for each in schema[name])
    if schema.get("type") == "array":
        return f"[{kind(schema['items'])}]"
    return str(schema.get("format") or schema.get("type") or "")
