//! The ProcessMind client for Node.js.
