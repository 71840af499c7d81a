"""Printed pages as data: papers, marks in millimetres, and how text and tables flow over pages."""
