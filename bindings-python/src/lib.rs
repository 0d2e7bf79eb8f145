//! The ProcessMind client for Python.
