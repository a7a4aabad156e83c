//! Answers to figures and registers.
