"""Questionnaires going out and coming back: Excel forms, exports of Qualtrics, files of SPSS."""
