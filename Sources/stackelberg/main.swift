import StackelbergCLI

Stackelberg.main()
