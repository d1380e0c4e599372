"""CLIP ViT-B/32: vectors of pictures and of words in one space, where its files are on disk."""
