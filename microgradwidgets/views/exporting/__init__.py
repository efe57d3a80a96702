"""Notebooks as decks and pages that need no network: what nbconvert is asked for, and its doors."""
