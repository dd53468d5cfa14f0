"""The REST API, version 1, at `/api/v1/`: open data, and an institution's own by token."""
