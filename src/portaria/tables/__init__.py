"""Files into typed frames, faults into rows, frames into whole results."""
