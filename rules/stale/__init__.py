"""What a legal text says of a world that is gone: services, laws, authorities and browsers of former times."""
