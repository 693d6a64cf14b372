"""What other sites show of this one: small pages for frames, the script that places
them, and oEmbed. No cookie, nothing that counts readers, nothing from third parties."""
