"""What is known of one material, country or company: joins that pages and reports are made from."""
