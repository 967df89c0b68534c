"""Sockets and everything that keeps them up to date: the hub, the bus between processes, the reconciler.

Only config imports this package. It knows no feature: handlers and services below it decide what happens.
"""
