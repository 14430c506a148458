"""Lives: ordinary ones by base rates, and latent situations that make some things happen more often for a time."""
