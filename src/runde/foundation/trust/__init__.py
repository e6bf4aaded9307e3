"""The ground every room stands on: tenants fenced, scarce things locked, acts done once, callers limited."""
