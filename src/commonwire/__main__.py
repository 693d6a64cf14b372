from commonwire.cli import main

main()
