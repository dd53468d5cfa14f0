"""The days on which a service is closed: national holidays, municipal holidays as data."""
