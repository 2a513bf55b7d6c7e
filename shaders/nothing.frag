// Only depth or stencil is wanted.
void main() {}
