"""Rules on what consent frameworks are told: TCF, GPP and US Privacy strings, Google's consent mode, Global Privacy Control."""
