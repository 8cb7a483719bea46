import StackelbergCLI

Stackelberg.runProgram()
