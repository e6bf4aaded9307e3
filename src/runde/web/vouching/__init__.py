"""The municipality vouches for people while nobody in their company can."""
