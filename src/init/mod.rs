//! A new programme folder, with the sample if wanted.
