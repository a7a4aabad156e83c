//! The Word engine: fills tagged controls and leaves every other byte alone.
