"""HTTPS in the local network, for `make run-lan`: the addresses of this machine and a certificate for them."""
