import Foundation
import StackelbergCLI

// A file that grows beyond what the user may write is then told like a full disk, instead of ending the process without a word.
signal(SIGXFSZ, SIG_IGN)
Stackelberg.main()
