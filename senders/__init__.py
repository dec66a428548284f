"""Providers: their payloads judged before they leave, and thin senders. One folder a provider."""
