"""What follows a result: exchange, relocation, rectification, exclusion, complaints.

Each procedure reads folders of results, changes none of them, and answers with an `Outcome`:
every condition checked, who changes from what to what, and the rows that the next phase reads.
"""
