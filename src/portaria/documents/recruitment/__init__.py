"""Recruitment in words and on paper: answers, notices and lists."""
