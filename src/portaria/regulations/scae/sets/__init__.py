"""The set work of a load, where the data lives: joins, situations as of a month, sums of hours.

Everything here is Ibis, and stays within what DuckDB, PostgreSQL and Spark do alike: no ordered
aggregates, no order of texts (each has its own), whole numbers and dates only. What comes out are
frames with one row a record that might be sent; the rules are applied to those (`rules`).
"""
