"""What helps to teach with: questions and what is right, without any third-party package."""
