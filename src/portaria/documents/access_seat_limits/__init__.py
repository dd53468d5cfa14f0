"""The answer about seats for people: tables, and a sentence for each limit not kept."""
