# What this project uses of zxcvbn 4.5, which carries no types.
