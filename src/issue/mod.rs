//! Blank forms for every council and project.
