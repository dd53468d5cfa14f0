"""The screens, by who works there."""
