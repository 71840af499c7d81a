"""Printing: one engine for the preview, the printer and PDF; forms as layout data; the preview itself."""
