"""The application window: builds frame and pages over one open workspace, and says what went wrong."""
