//! The folder of a run: complete, or not there.
