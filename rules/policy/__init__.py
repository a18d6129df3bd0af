"""What a privacy policy has to say under the GDPR."""
