"""Recruitment as Proc. 006/2017 and Aviso 8072/2017 published it: lists, hearings, ranking."""
