"""What arrived: unpacked, recognised, filed."""
