"""A provider's body, both ways: values with their places, JSON and XML as text."""
