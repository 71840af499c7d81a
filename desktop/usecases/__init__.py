"""What an accountant does, one thing a module, one transaction each. Knows neither Qt nor SQL nor HTTP."""
